/// The wire form and the sessions of Socket.IO, without any connection.
@NullMarked
package org.assistantservice.protocol.jellychat.socketio;

import org.jspecify.annotations.NullMarked;
