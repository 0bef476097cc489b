/// The actions of the sample assistant `support`: a shop's customers and orders in a database of
/// its own.
///
/// Start reading at [SupportActions]. **Depends on:** `actions`, and SQLite, which the pack brings
/// along.
@NullMarked
package org.assistantservice.samples.support;

import org.jspecify.annotations.NullMarked;
