/// Frames of the protocol of JellyChat.
@NullMarked
package org.assistantservice.protocol.jellychat;

import org.jspecify.annotations.NullMarked;
