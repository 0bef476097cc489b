/// Checks an installation and says how to repair it.
///
/// Start reading at [DoctorCommand]. **Depends on:** `assistant`, `plugin` and `dispatch` of the
/// service, and on `pack`.
@NullMarked
package org.assistantservice.scripts.doctor;

import org.jspecify.annotations.NullMarked;
