#pragma once
#include "inspector/models/report.h"
#include "inspector/session/sessionloader.h"

#include <QBuffer>

namespace inspector {

/// A session read from bytes.
class Reopened
{
public:
    explicit Reopened(const QByteArray &bytes) : session(SessionLoader::options())
    {
        QBuffer buffer;
        buffer.setData(bytes);
        buffer.open(QIODevice::ReadOnly);
        SessionLoader loader(session);
        refusal = loader.open(buffer, QStringLiteral("memory"));
        while (refusal.isEmpty() && loader.readOn(std::chrono::hours(1)))
            ;
    }
    QString problem() const { return session.origin() ? session.origin()->problem : refusal; }
    const ObjectTable &objects() const { return session.records().objects; }
    int row(SubjectKey key) const { return objects().find(key); }
    QString text() const { return reportOf(session.records()).text; }

    Session session;
    QString refusal;
};

} // namespace inspector
