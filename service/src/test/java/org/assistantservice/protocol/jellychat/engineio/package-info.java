/// The wire form and the sessions of Engine.IO, without any connection.
@NullMarked
package org.assistantservice.protocol.jellychat.engineio;

import org.jspecify.annotations.NullMarked;
