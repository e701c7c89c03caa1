/** The main job shown on loopback: a gateway, a simulated IMPS domain and users with chat clients, over real sockets. */
package org.impsiwf.gateway.demo;
