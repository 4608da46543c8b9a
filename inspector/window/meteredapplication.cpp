#include "inspector/window/meteredapplication.h"

#include "inspector/window/framemeter.h"

#include <QThread>

#include <utility>

namespace inspector {

bool MeteredApplication::notify(QObject *receiver, QEvent *event)
{
    const QThread *const thread = QThread::currentThread();
    if (!m_meter || thread != QObject::thread())
        return QApplication::notify(receiver, event);
    // Events that are sent while another is handled are a part of that one.
    const int level = thread->loopLevel();
    if (level == m_level)
        return QApplication::notify(receiver, event);
    const bool isRepaint = event->type() == QEvent::UpdateRequest;
    const int outer = std::exchange(m_level, level);
    m_wasWaiting = false;
    const auto begin = FrameMeter::Moment::now();
    const bool handled = QApplication::notify(receiver, event);
    const auto end = FrameMeter::Moment::now();
    m_level = outer;
    const bool waited = std::exchange(m_wasWaiting, outer > 0);
    if (m_meter && !waited)
        m_meter->add(begin, end, isRepaint);
    return handled;
}

} // namespace inspector
