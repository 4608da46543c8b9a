#pragma once
#include "inspector/session/origin.h"

#include <QLabel>

namespace inspector {

/// The line over the table that says that what is shown is a recording, of when, and what is missing of it.
class RecordingBanner : public QLabel
{
    Q_OBJECT

public:
    explicit RecordingBanner(const Origin &origin, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void dress();

    bool m_isWhole;
};

/// "Recording of 23 Nov 2026, 09:30:15, 6.0 s long: a.netsession"
QString recordingTitle(const Origin &origin);
/// What is missing of it; empty if it is whole.
QString recordingFlaw(const Origin &origin);

} // namespace inspector
