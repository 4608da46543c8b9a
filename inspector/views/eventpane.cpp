#include "inspector/views/eventpane.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace inspector {

EventPane::EventPane(EventModel &model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_view(new EventLogView(model)),
      m_data(new QCheckBox(tr("&Data"))),
      m_only(new QCheckBox(tr("&Only the chosen object"))),
      m_times(new QComboBox)
{
    m_data->setObjectName(QStringLiteral("eventsData"));
    m_data->setToolTip(tr("Show received, sent and queued bytes as well"));
    m_data->setChecked(m_model.isDataShown());
    m_only->setObjectName(QStringLiteral("eventsOnly"));
    m_only->setToolTip(tr("Show events of the object that is chosen above, and of its connections"));
    auto *switches = new QHBoxLayout;
    switches->setContentsMargins(8, 2, 8, 2);
    switches->addWidget(m_data);
    switches->addWidget(m_only);
    switches->addStretch(1);
    switches->addWidget(m_times, 100);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(switches);
    layout->addWidget(m_view);
    fillTimes();
    connect(m_data, &QCheckBox::toggled, &m_model, &EventModel::setDataShown);
    connect(m_only, &QCheckBox::toggled, this, &EventPane::apply);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &EventPane::apply);
    connect(&m_model, &EventModel::advanced, this, &EventPane::apply);
    apply();
}

void EventPane::setSubject(SubjectKey key)
{
    m_subject = key;
    apply();
}

void EventPane::fillTimes()
{
    m_times->setObjectName(QStringLiteral("eventsTimes"));
    m_times->setAccessibleName(tr("How times are told"));
    m_times->setToolTip(tr("How times are told, here and in the stream; the chosen is the event or line chosen last"));
    for (const TimeScale::Mode mode : TimeScale::modes)
        m_times->addItem(timeModeText(mode));
    // As wide as its longest text, if there is room for it.
    m_times->setMaximumWidth(m_times->sizeHint().width());
    m_times->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_times->setMinimumContentsLength(4);
    m_times->view()->setAccessibleName(m_times->accessibleName());
    m_times->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    TimeScale &times = m_model.times();
    const auto show = [this, &times] {
        m_times->setCurrentIndex(static_cast<int>(times.mode()));
    };
    show();
    connect(&times, &TimeScale::changed, this, show);
    connect(m_times, &QComboBox::activated, this, [&times](int mode) { times.setMode(TimeScale::modes.at(mode)); });
}

void EventPane::apply()
{
    m_model.setSubject(m_only->isChecked() ? m_subject : SubjectKey());
    if (m_model.rowCount() > 0)
        m_view->setEmptyText({}, {});
    else
        m_view->setEmptyText(tr("No events"), tr("Events appear here as they happen. A filter above, or the switches, "
                                                 "may hide them."));
}

} // namespace inspector
