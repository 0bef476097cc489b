/// Tests of the stateless protocol.
@NullMarked
package org.assistantservice.protocol.stateless;

import org.jspecify.annotations.NullMarked;
