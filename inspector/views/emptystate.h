#pragma once
#include <QWidget>

namespace inspector {

/// Lies over an empty view and says why it is empty and what to do next; invisible without a text.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    /// Covers \a view and follows its size.
    explicit EmptyState(QWidget *view);

    void setText(const QString &title, const QString &hint);
    QString title() const { return m_title; }
    QString hint() const { return m_hint; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString m_title;
    QString m_hint;
};

} // namespace inspector
