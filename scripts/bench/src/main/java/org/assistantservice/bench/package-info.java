/// What the service costs, measured beside two floors: a plain proxy (nginx) and a raw Netty loop
/// that does the same work.
///
/// Start reading at [Bench], then [Rig] and [Point]. **Depends on:** all packages below it.
@NullMarked
package org.assistantservice.bench;

import org.jspecify.annotations.NullMarked;
