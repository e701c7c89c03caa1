/**
 * Call flows as text: one file is a test in memory, a test over sockets and a picture in the documentation.
 *
 * <p>A line is {@code from -> to  Name  field=value  "text"}, a step in time {@code +5s}, a setting {@code given key=value}.
 * What goes to {@code iwf} is injected, what it sends is expected, per receiver in order. {@code $name} stands for the same
 * value throughout; injected before it was seen, the name itself is the value. Fields that a line does not name do not matter.
 *
 * <h2>Who</h2>
 *
 * SIP users {@code alice carol dave tom}; IMPS users {@code bob ben beth} behind the peer {@code imps}, {@code erin ed} behind
 * {@code imps2}; {@code home}, our own service elements. What {@code iwf} and {@code home} say to each other is played in
 * memory, and left to the real ones over sockets; what {@code imps} and {@code home} say to each other is played over sockets,
 * and left out in memory. {@code group=$/talk@iwf} is {@code /talk@iwf} where a line invents it, and else whatever the group
 * is called. Others are {@code name@imps} (a domain without a dot ends in {@code .example.com}) or a whole URI. A group is
 * {@code /room@imps} or {@code bob/chat@imps}, {@code conference} the factory, {@code ~Bob} the member of that screen name in
 * the group of the line or of its session.
 *
 * <h2>SIP</h2>
 *
 * <pre>
 * alice -> iwf  INVITE to=conference list=bob,tom call=c2 cc=.. bcc=.. anonymous=..     lists name users as any field does
 *               replaces=c1 | list-replaces=c1 | session-replaces=k1 | session-replaces-header=k1   what it replaces
 *               isfocus=yes chatroom=nickname,private-messages supported=replaces subject=".." contribution=k1
 * alice -> iwf  REINVITE call=c1 list=.. replaces=c1
 * iwf -> tom    INVITE from=alice call=$c isfocus=yes focus=$g replaces=.. session-replaces=.. history=..
 * iwf -> alice  200 INVITE call=c2 isfocus=yes focus=$g           403 INVITE warning=370 refused=..
 * alice -> iwf  SUBSCRIBE to=$g sub=s1 expires=3600 call=c2       the same sub again: a refresh, or with expires=0 the end
 * alice -> iwf  VANISH sub=s1                                     its subscriber has forgotten it
 * iwf -> alice  NOTIFY full sub=s1 version=1 users=+Alice,+Tom(dialing-out),-Bob count=3      NOTIFY partial, NOTIFY terminated reason=..
 * alice -> iwf  REFER to=tom method=BYE id=r1 call=c2 | at=$g  norefersub=yes
 * iwf -> alice  202 REFER id=r1      NOTIFY refer=200 id=r1
 * </pre>
 *
 * <h2>MSRP</h2>
 *
 * {@code CONNECT}, {@code DISCONNECT}, {@code SEND "text" id=m1}, in CPIM with {@code from=} or {@code to=}, {@code 200 SEND},
 * {@code REPORT}, {@code NICKNAME "Al" id=n1}, {@code 200 NICKNAME}; {@code call=} says in which session, without it the
 * newest of the user.
 *
 * <h2>SSP</h2>
 *
 * Primitives under their names, answers with their code behind it: {@code JoinGroupResponse 200}. {@code user=} is whom the
 * Meta-Information names, {@code group=}, {@code screen-name=}, {@code users=}, {@code joined=}, {@code left=}, {@code note=}
 * say themselves; a field with a capital is a property of the group, {@code own.X} one of the user in it. A message with
 * {@code from=~Bob group=/room@imps} was said in that group, with {@code private=yes} to its recipients alone.
 */
package org.impsiwf.testkit.flow;
