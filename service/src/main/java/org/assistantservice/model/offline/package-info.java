/// A model that needs no network and no account: it matches the user's words against the functions
/// on offer, fills their arguments from the message, calls them and reports the results. It is no
/// language model and says so; the same conversation always gets the same answer.
///
/// Start reading at [TurnPlanner]. **Depends on:** `model`. **Used by:** `app` alone.
@NullMarked
package org.assistantservice.model.offline;

import org.jspecify.annotations.NullMarked;
