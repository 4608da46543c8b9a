#include "inspector/models/liveview.h"

#include <QDateTime>

#include <algorithm>

namespace inspector {

LiveView::LiveView(Session &session, QObject *parent)
    : QObject(parent),
      m_session(session),
      m_times(*this),
      m_now(session.records().objects.clock().now())
{
    connect(&m_session, &Session::framed, this, &LiveView::pass);
}

void LiveView::pass(const FrameChanges &changes)
{
    if (m_frozen)
        return;
    m_now = objects().clock().now();
    Q_EMIT framed(changes);
}

QString LiveView::clockText(qint64 time) const
{
    const QTime clock = QDateTime::fromMSecsSinceEpoch((time + objects().clock().epoch()) / 1'000'000).time();
    return clock.toString(QStringView(u"HH:mm:ss.zzz"));
}

void LiveView::setPaused(bool paused)
{
    if (paused == isPaused())
        return;
    if (paused) {
        // Whoever listens has to know all that is frozen.
        m_session.endFrame();
        m_frozen = m_session.records().objects;
        m_frozenEnd = events().end();
    } else {
        m_session.endFrame();
        const FrameChanges changes = difference(*m_frozen, m_session.records().objects);
        m_frozen.reset();
        pass(changes);
    }
    Q_EMIT pausedChanged(paused);
}

FrameChanges LiveView::difference(const ObjectTable &before, const ObjectTable &after)
{
    const auto shown = [](const ObjectTable &table, int row) {
        return row < table.size() && table.isShown(row) ? table.identity(row).key : SubjectKey();
    };
    FrameChanges changes;
    for (int row = 0; row < std::max(before.size(), after.size()); ++row) {
        const SubjectKey was = shown(before, row);
        const SubjectKey is = shown(after, row);
        if (!was.isNull() && was != is)
            changes.removed.push_back(row);
        if (!is.isNull())
            (was == is ? changes.changed : changes.added).push_back(row);
    }
    return changes;
}

} // namespace inspector
