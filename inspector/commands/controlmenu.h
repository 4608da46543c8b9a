#pragma once
#include "inspector/session/session.h"

#include <QMenu>

namespace inspector {

/// What can be done to a server or a connection: pause, resume, end, destroy, reset, inject, faults.
class ControlMenu : public QMenu
{
    Q_OBJECT

public:
    ControlMenu(Session &session, const ObjectTable &table, int row, QWidget *parent);

private:
    void addOrder(const QString &text, const QString &verb);
    void addInjection(const QString &text, const QString &verb);
    QWidget *mainWindow() const;

    Session &m_session;
    SubjectKey m_key;
};

} // namespace inspector
