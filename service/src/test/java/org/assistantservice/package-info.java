/// What holds for the code as a whole: the rooms and who may import what.
@NullMarked
package org.assistantservice;

import org.jspecify.annotations.NullMarked;
