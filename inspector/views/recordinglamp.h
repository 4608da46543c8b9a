#pragma once
#include "inspector/session/sessionrecorder.h"

#include <QLabel>

namespace inspector {

/// Says in the status bar that a file is being recorded, and how much is in it; or why that has ended.
class RecordingLamp : public QLabel
{
    Q_OBJECT

public:
    explicit RecordingLamp(SessionRecorder &recorder, QWidget *parent = nullptr);

private:
    void show(const QString &text);
    void advance();

    SessionRecorder &m_recorder;
};

} // namespace inspector
