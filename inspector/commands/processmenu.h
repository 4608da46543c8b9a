#pragma once
#include "inspector/session/session.h"

#include <QMenu>

namespace inspector {

/// The running agents; each can be attached and detached.
class ProcessMenu : public QMenu
{
    Q_OBJECT

public:
    explicit ProcessMenu(Session &session, QWidget *parent = nullptr);

private:
    void fill();

    Session &m_session;
};

} // namespace inspector
