/// Keeps threads, messages, runs, steps, calls and events in a SQL database, so that nothing
/// acknowledged is lost and every run can be taken up again.
///
/// Start reading at [EmbeddedStore], then [SqlRunJournal] and `WriteQueue`. The tables and what
/// they mean stand in `db/migration`. **Depends on:** `identity`, `dispatch`, `assistant`,
/// `thread`, `model`, `run`. **Used by:** `app`. Nothing here knows HTTP or any protocol.
@NullMarked
package org.assistantservice.store;

import org.jspecify.annotations.NullMarked;
