/// The action of the sample assistant `brainstorm`.
///
/// Start reading at [BrainstormActions]. **Depends on:** `actions` alone.
@NullMarked
package org.assistantservice.samples.brainstorm;

import org.jspecify.annotations.NullMarked;
