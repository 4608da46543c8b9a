#include "inspector/views/filterbar.h"

#include "inspector/models/filteredit.h"
#include "inspector/models/units.h"
#include "inspector/views/colours.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

namespace inspector {

using namespace Qt::StringLiterals;

FilterBar::FilterBar(FilterState &filter, QWidget *parent)
    : QWidget(parent),
      m_filter(filter),
      m_edit(new QLineEdit),
      m_message(new QLabel),
      m_counts(new QLabel)
{
    m_edit->setObjectName(u"filter"_s);
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setClearButtonEnabled(true);
    m_edit->setPlaceholderText(tr("Filter, for example:  state:open  remote:10.*  port>1024  bytes>1M  -server:echo"));
    m_message->setObjectName(u"filterMessage"_s);
    m_message->setTextFormat(Qt::PlainText);
    m_message->hide();
    m_counts->setObjectName(u"filterCounts"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 4, 10, 4);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_message);
    layout->addWidget(m_counts);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &FilterBar::apply);
    connect(m_edit, &QLineEdit::returnPressed, this, [this] { m_edit->selectAll(); });
}

void FilterBar::setText(const QString &text)
{
    m_edit->setText(text);
}

void FilterBar::add(const QString &condition)
{
    m_edit->setText(withCondition(m_edit->text(), condition));
}

void FilterBar::replace(QStringView field, const QString &condition)
{
    m_edit->setText(withCondition(withoutField(m_edit->text(), field), condition));
}

void FilterBar::setCounts(int shown, int total)
{
    const auto number = [](int count) {
        return countText(static_cast<quint64>(count));
    };
    m_counts->setText(shown == total ? tr("%1 rows").arg(number(total))
                                     : tr("%1 of %2 rows").arg(number(shown), number(total)));
}

void FilterBar::edit()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void FilterBar::apply(const QString &text)
{
    m_filter.setText(text);
    showValidity();
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showValidity();
}

void FilterBar::showValidity()
{
    const Colours &colours = Colours::of(palette());
    // The line's own palette: a changed colour there does not come back here as a change of ours.
    QPalette dressed = palette();
    if (!m_edit->text().trimmed().isEmpty())
        dressed.setColor(QPalette::Base, m_filter.isValid() ? colours.valid : colours.invalid);
    m_edit->setPalette(dressed);
    QPalette warning = palette();
    warning.setColor(QPalette::WindowText, colours.bad);
    m_message->setPalette(warning);
    const QString message = m_filter.isValid() ? QString() : u"✗ "_s + m_filter.error().message;
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    m_edit->setToolTip(m_filter.error().message);
    m_edit->setAccessibleDescription(m_filter.error().message);
}

} // namespace inspector
