/// Who and what: typed ids, tenants, principals and the correlation id that follows one request
/// through headers, logs, actions and streams.
///
/// Start reading at [Ids]. **Depends on:** nothing. **Used by:** every other room.
@NullMarked
package org.assistantservice.identity;

import org.jspecify.annotations.NullMarked;
