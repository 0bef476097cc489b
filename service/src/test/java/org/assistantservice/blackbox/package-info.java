/// Tests of the packaged service as its users meet it: a process of its own, real HTTP and
/// WebSocket, a scripted model server. Start reading at [ServiceProcess] and [JsonCasesIT]; the
/// numbers in the tests' names are the acceptance cases of the chat contract.
@NullMarked
package org.assistantservice.blackbox;

import org.jspecify.annotations.NullMarked;
