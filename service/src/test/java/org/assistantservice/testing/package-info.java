/// Doubles that tests of several rooms share.
///
/// Start reading at [ScriptedModelServer].
@NullMarked
package org.assistantservice.testing;

import org.jspecify.annotations.NullMarked;
