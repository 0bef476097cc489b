/// Tests of the test kit, which also show how an author uses it.
@NullMarked
package org.assistantservice.actions.testkit;

import org.jspecify.annotations.NullMarked;
