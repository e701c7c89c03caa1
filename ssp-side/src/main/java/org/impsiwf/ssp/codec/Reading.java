package org.impsiwf.ssp.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.primitives.InvalidPrimitiveException;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/** What is known while one message is read: who speaks, in which session, and what was passed over. */
final class Reading {

    private final Dialect.Syntax syntax;
    private final Optional<SessionId> session;
    private int skippedElements;

    Reading(Dialect dialect, Optional<SessionId> session) {
        this.syntax = dialect.syntax();
        this.session = session;
    }

    Dialect.Syntax syntax() {
        return syntax;
    }

    int skippedElements() {
        return skippedElements;
    }

    void skip(XmlInput in) {
        skippedElements++;
        in.leaveTo(in.depth() - 1);
    }

    /** The value of this text; null if a date is unreadable and the dialect takes that for absent. */
    Object value(Slot slot, String text) {
        try {
            return slot.scalar().read(text.strip());
        } catch (InvalidPrimitiveException e) {
            throw new Refusal("", e.getMessage(), e.statusCode());
        } catch (DateTimeException e) {
            if (syntax.unreadableDatesAbsent() && slot.type() == Instant.class) {
                return null;
            }
            throw new Refusal("", "is no date", Refusal.BAD_PARAMETER);
        } catch (IllegalArgumentException e) {
            throw new Refusal("", "is no value of this element", Refusal.BAD_PARAMETER);
        }
    }

    /** The domain behind the session id, by which peers with this dialect can be told; empty if unknown. */
    String peerDomain() {
        return session.map(id -> id.value().substring(id.value().lastIndexOf('@') + 1))
                .orElse("");
    }

    /** The plain value of what this peer leaves out, null if there is none. */
    Object gap(Slot slot) {
        if (!syntax.gapsFilled()) {
            return null;
        }
        if (slot.type() == MetaInformation.class && session.isPresent()) {
            return MetaInformation.ofServer(new ServiceId("wv:@" + peerDomain()));
        }
        if (slot.type() == Status.class) {
            return Status.of(StatusCode.SUCCESSFUL);
        }
        return slot.type() == boolean.class ? (Object) false : null;
    }
}
