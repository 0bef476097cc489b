/// Tests of the brainstorm protocol.
@NullMarked
package org.assistantservice.protocol.brainstorm;

import org.jspecify.annotations.NullMarked;
