package org.impsiwf.mapping.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.extension.Extension.Stage;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;

/** One extension's mailbox, alone: what is put in, what comes out, and what time it is. */
final class Attempts {

    static final ServiceId SELF = new ServiceId("wv:@iwf.example.com");
    static final ServiceId IMPS = new ServiceId("wv:@imps.example.com");
    static final ServiceId IMPS2 = new ServiceId("wv:@imps2.example.com");
    static final InviteUsageId USAGE = new InviteUsageId("u1");
    static final MailboxKey KEY = new MailboxKey(MailboxKey.Kind.EXTENSION, "u1");
    static final String WITH_BOB = "C:alice@ims.example.com|bob@imps.example.com";
    static final String WITH_ERIN = "C:alice@ims.example.com|erin@imps2.example.com";
    static final String BOB = "sip:bob@imps.example.com";
    static final String BEN = "sip:ben@imps.example.com";
    static final String ERIN = "sip:erin@imps2.example.com";
    static final String TOM = "sip:tom@ims.example.com";
    static final String DAVE = "sip:dave@ims.example.com";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static final Domains DOMAINS = new Domains() {
        @Override
        public Optional<Peer> serving(String domain) {
            return List.of(IMPS, IMPS2).stream()
                    .filter(peer -> peer.domain().equals(domain))
                    .map(peer -> Peer.plain(peer, true))
                    .findFirst();
        }

        @Override
        public Optional<Peer> forTelephoneNumbers() {
            return Optional.of(Peer.plain(IMPS, true));
        }

        @Override
        public Optional<Peer> named(ServiceId id) {
            return serving(id.domain());
        }
    };

    static final MessageMedia OFFER = new MessageMedia(
            false,
            "192.0.2.1",
            2855,
            List.of("msrp://192.0.2.1:2855/a;tcp"),
            List.of("message/cpim", "text/plain"),
            List.of("*"),
            OptionalLong.empty(),
            MessageMedia.Setup.ACTIVE,
            MessageMedia.Direction.SENDRECV,
            Optional.empty(),
            false);

    Policy policy = Policy.of("wv:@iwf.example.com", List.of("ims.example.com"));
    Instant now = START;
    Optional<Extension> state = Optional.empty();
    List<Command> commands = List.of();
    private int ids;

    Attempts put(Event event) {
        var outcome = ExtensionRules.decide(KEY, state, event, new Moment(now, () -> "id" + ++ids, DOMAINS, policy));
        state = outcome.next();
        commands = outcome.commands();
        return this;
    }

    Attempts put(SipEvent event) {
        return put(new Event.Sip(event));
    }

    /** An INVITE to the factory whose list names these. */
    static SipEvent.InviteReceived invite(String... uris) {
        return invite(Map.of(), Optional.empty(), entries(uris));
    }

    static SipEvent.InviteReceived invite(
            Map<String, String> headers, Optional<InviteUsageId> replaces, List<UriList.Entry> entries) {
        Optional<UriList> list = entries.isEmpty() ? Optional.empty() : Optional.of(new UriList(entries));
        return new SipEvent.InviteReceived(
                USAGE, head(headers), Optional.of(OFFER), List.of(), new Conferencing(list, replaces, false));
    }

    static List<UriList.Entry> entries(String... uris) {
        return Arrays.stream(uris).map(uri -> UriList.Entry.to(new SipUri(uri))).toList();
    }

    static SipEvent.ReinviteReceived reinvite(String... uris) {
        return new SipEvent.ReinviteReceived(
                USAGE,
                new SipTransactionId("s1"),
                head(Map.of()),
                Optional.of(OFFER),
                List.of(),
                new Conferencing(Optional.of(new UriList(entries(uris))), Optional.empty(), false));
    }

    static RequestHead head(Map<String, String> headers) {
        NameAddr alice = new NameAddr(Optional.of("Alice"), new SipUri("sip:alice@ims.example.com"));
        SipUri factory = new SipUri("sip:conference@iwf.example.com");
        Map<String, List<String>> others = new HashMap<>();
        headers.forEach((name, value) -> others.put(name, List.of(value)));
        return new RequestHead(
                factory,
                alice,
                NameAddr.of(factory),
                "call-2",
                new Originator(alice, false, Optional.empty(), "192.0.2.1:5060"),
                List.of(),
                others);
    }

    /** An INVITE that replaces the session with bob, up to the question whether that is so. */
    Attempts replacing(String... uris) {
        return put(invite(Map.of(), Optional.of(new InviteUsageId("old")), entries(uris)));
    }

    Attempts named(String talk, boolean meant) {
        return put(new Event.TalkNamed(talk, meant, false));
    }

    /** The Status to the request that is out. */
    Attempts answered(int code) {
        return put(new Event.Ssp(new SspEvent.ResponseReceived(IMPS, request(), Status.of(code))));
    }

    Attempts failed(SspEvent.Cause cause) {
        return put(new Event.Ssp(new SspEvent.RequestFailed(IMPS, request(), cause)));
    }

    Attempts extended(ServiceId peer, String id, String group, Status result, Optional<String> note) {
        return put(new Event.Ssp(new SspEvent.RequestReceived(
                peer,
                new TransactionRef(peer, "e1"),
                new ExtendConversationResponse(
                        MetaInformation.ofServer(peer),
                        new ExtendConversationId(id),
                        new GroupId(group),
                        note,
                        result))));
    }

    Attempts extended(int code) {
        return extended(IMPS, extensionId(), "wv:/talk@imps.example.com", Status.of(code), Optional.empty());
    }

    /** Time passes until the stage ends by itself. */
    Attempts timeUp() {
        now = state.flatMap(Extension::deadline).orElseThrow();
        return put(new Event.DeadlineReached());
    }

    Extension.Stage stage() {
        return ((Extension.Attempt) state.orElseThrow()).stage();
    }

    String extensionId() {
        return switch (stage()) {
            case Extension.Stage.Asking s -> s.extending().id();
            case Extension.Stage.Waiting s -> s.extending().id();
            case Extension.Stage.Withdrawn s -> ((Extension.Extending) s.begun()).id();
            default -> throw new IllegalStateException("no extension in " + stage());
        };
    }

    /** For stages that wait for no outcome, one that nobody knows. */
    String extensionIdOrOther() {
        return switch (stage()) {
            case Extension.Stage.Asking s -> s.extending().id();
            case Extension.Stage.Waiting s -> s.extending().id();
            case Extension.Stage.Withdrawn(Extension.Extending extending, var until) -> extending.id();
            default -> "other";
        };
    }

    /** For stages that wait for no answer, one that nobody knows. */
    SspRequestId requestOrOther() {
        boolean waits = switch (stage()) {
            case Extension.Stage.Creating s -> true;
            case Extension.Stage.Leaving s -> true;
            case Extension.Stage.Asking s -> true;
            case Extension.Stage.Withdrawn(Extension.GroupMaking group, var until) -> true;
            default -> false;
        };
        return waits ? request() : new SspRequestId(KEY.issue("other"));
    }

    private SspRequestId request() {
        return switch (stage()) {
            case Extension.Stage.Creating s -> s.group().request();
            case Extension.Stage.Asking s -> s.extending().request().orElseThrow();
            case Extension.Stage.Leaving s -> s.request();
            case Extension.Stage.Withdrawn s ->
                switch (s.begun()) {
                    case Extension.GroupMaking group -> group.request();
                    case Extension.Extending extending -> extending.request().orElseThrow();
                };
            default -> throw new IllegalStateException("no request in " + stage());
        };
    }

    /** The one SSP request among the orders. */
    SspCommand.SendRequest sent() {
        List<SspCommand.SendRequest> all = new ArrayList<>();
        for (Command command : commands) {
            if (command instanceof Command.Ssp(SspCommand.SendRequest request)) {
                all.add(request);
            }
        }
        if (all.size() != 1) {
            throw new AssertionError("not one SSP request: " + commands);
        }
        return all.getFirst();
    }

    /** The one SSP answer among the orders. */
    int answer() {
        for (Command command : commands) {
            if (command instanceof Command.Ssp(SspCommand.Answer(var transaction, Primitive response))) {
                return ((Status) response).statusCode();
            }
        }
        throw new AssertionError("no SSP answer: " + commands);
    }

    SipCommand.Response refusal() {
        for (Command command : commands) {
            if (command instanceof Command.Sip(SipCommand.RefuseInvite(var usage, var response))) {
                return response;
            }
            if (command instanceof Command.Sip(SipCommand.RefuseReinvite(var usage, var transaction, var response))) {
                return response;
            }
        }
        throw new AssertionError("no refusal: " + commands);
    }

    List<Event> toldTo(String mailbox) {
        List<Event> told = new ArrayList<>();
        for (Command command : commands) {
            if (command instanceof Command.Tell(MailboxKey to, Event event)
                    && to.text().equals(mailbox)) {
                told.add(event);
            }
        }
        return told;
    }

    Attempts extending() {
        return replacing(BOB, TOM).named(WITH_BOB, true);
    }

    Event.Marks marks() {
        return ((Event.TalkSought) toldTo(WITH_BOB).getFirst()).marks();
    }

    Event.EntryAgreed entry(String participation) {
        List<Event> told = toldTo(participation);
        assertThat(told).as("told to " + participation + ": " + commands).hasSize(1);
        return (Event.EntryAgreed) told.getFirst();
    }

    Event.EntryAgreed handedOver() {
        return entry(((Stage.HandedOver) stage()).participation());
    }

    String left() {
        return ((LeaveGroupRequest) sent().primitive()).groupId().value();
    }
}
