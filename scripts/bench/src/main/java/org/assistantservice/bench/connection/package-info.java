/// What all who connect to a server share: the load client and the floor's way to the model.
///
/// **Used by:** `load`, `floor`.
@NullMarked
package org.assistantservice.bench.connection;

import org.jspecify.annotations.NullMarked;
