/// Tests of the DeFiChain actions, against servers of their own on this machine.
@NullMarked
package org.assistantservice.samples.defichain;

import org.jspecify.annotations.NullMarked;
