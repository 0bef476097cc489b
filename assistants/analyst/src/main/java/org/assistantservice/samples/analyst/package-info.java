/// The actions of the sample assistant `analyst`, the template of the commander protocol.
///
/// Start reading at [AnalystActions]. **Depends on:** `actions`, Jackson and Angus Mail, which lie
/// in the pack.
@NullMarked
package org.assistantservice.samples.analyst;

import org.jspecify.annotations.NullMarked;
