#pragma once
#include "inspector/views/eventlogview.h"

class QCheckBox;
class QComboBox;

namespace inspector {

/// The event log with its switches: bytes or only what happens beside them, everything or only what is chosen, and how
/// times are told.
class EventPane : public QWidget
{
    Q_OBJECT

public:
    explicit EventPane(EventModel &model, QWidget *parent = nullptr);

    EventLogView *view() const { return m_view; }
    /// The object that "Only the chosen" means.
    void setSubject(SubjectKey key);

private:
    void apply();
    void fillTimes();

    EventModel &m_model;
    EventLogView *m_view;
    QCheckBox *m_data;
    QCheckBox *m_only;
    QComboBox *m_times;
    SubjectKey m_subject;
};

} // namespace inspector
