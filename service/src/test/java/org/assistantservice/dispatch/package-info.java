/// Tests of checking, running and giving up calls, with actions written for each test.
@NullMarked
package org.assistantservice.dispatch;

import org.jspecify.annotations.NullMarked;
