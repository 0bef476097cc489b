package org.assistantservice.protocol.jellychat;

import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;

/// Somebody with a token.
///
/// @param id counted from 1
/// @param owner under whose key the token was first used; with another key it is another user
/// @param thread the user's one conversation
record JellyUser(long id, Principal owner, ThreadId thread) {}
