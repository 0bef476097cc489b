@NullMarked
package org.assistantservice.protocol.commander;

import org.jspecify.annotations.NullMarked;
