#pragma once
#include <QApplication>

namespace inspector {

class FrameMeter;

/// An application that tells a meter of every event that its thread handles.
class MeteredApplication : public QApplication
{
public:
    using QApplication::QApplication;

    /// \a meter must outlive the application, or be taken away by null.
    void setMeter(FrameMeter *meter) { m_meter = meter; }
    bool notify(QObject *receiver, QEvent *event) override;

private:
    FrameMeter *m_meter = nullptr;
    int m_level = 0;           ///< of the event loop whose event is being handled; 0: none is
    bool m_wasWaiting = false; ///< a loop ran inside of that event: a menu, a dialog
};

} // namespace inspector
