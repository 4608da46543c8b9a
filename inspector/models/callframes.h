#pragma once
#include "inspector/models/liveview.h"
#include "inspector/symbols/symbolizer.h"

namespace inspector {

/// A line of a call stack, as a person reads it.
struct CallFrame
{
    QString function = {};  ///< short; module and offset if it is not known
    QString signature = {}; ///< in full, or why it is not known
    QString file = {};      ///< of the source, with its path; empty: not known
    int line = 0;
    QString module = {}; ///< the program or library, without its path
    bool isInlined = false;
    bool isOwn = false;   ///< the application's, and not libnet's, Qt's or the system's
    bool isKnown = false; ///< all that can be found out was

    /// "fetcher.cpp:42", or nothing.
    QString place() const;
    friend bool operator==(const CallFrame &, const CallFrame &) = default;
};

/// Who has called that.
struct CallSite
{
    net::wire::Call call = net::wire::Call::Created;
    qint64 time = 0;
    QList<CallFrame> frames = {}; ///< innermost first
    bool isLost = false;          ///< there was no room for the stack
    bool isCut = false;           ///< it may have had more frames

    /// The first frame that is the application's own; -1: there is none.
    qsizetype own() const;
    friend bool operator==(const CallSite &, const CallSite &) = default;
};

/// What is known of the calls about \a key; what is not known yet is looked for, and \a symbolizer tells when it was
/// found.
QList<CallSite> callSitesOf(const LiveView &view, Symbolizer &symbolizer, SubjectKey key);
/// The same for one call; nothing if it was not made.
std::optional<CallSite> callSiteOf(const LiveView &view, Symbolizer &symbolizer, SubjectKey key, net::wire::Call call);

} // namespace inspector
