/// Tests of the store. The `…Contract` classes say what every store must keep; each database's test
/// extends all of them.
@NullMarked
package org.assistantservice.store;

import org.jspecify.annotations.NullMarked;
