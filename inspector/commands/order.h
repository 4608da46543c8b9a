#pragma once
#include "inspector/session/session.h"

#include <QCborMap>

class QWidget;

namespace inspector {

/// What is to be done with an object of an application.
struct Order
{
    SubjectKey key = {};
    QString verb = {}; ///< as PROTOCOL.md has it
    QCborMap arguments = {};
};

/// Has the application carry \a order out, and tells the person at \a window what became of it: in the status bar if
/// it was done, in a message box if not.
void give(Session &session, const Order &order, QWidget *window);
/// Disarms every fault and resumes everything that this inspector has armed or paused.
void undoAll(Session &session);

} // namespace inspector
