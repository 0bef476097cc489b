/// Sample assistant: searches the web, reads pages, calculates, and tells the time.
///
/// Start reading at [ResearchActions]. Whatever is fetched goes through
/// `org.assistantservice.fetch`, which reaches the public internet only.
@NullMarked
package org.assistantservice.samples.research;

import org.jspecify.annotations.NullMarked;
