#pragma once

namespace net {

class LifeGuard;

/// Something that user code may delete while it is at work: the slots of a socket may delete the socket.
class Mortal
{
public:
    Mortal() = default;
    Mortal(const Mortal &) = delete;
    Mortal &operator=(const Mortal &) = delete;

protected:
    ~Mortal();
    /// Tells all guards that the object is out of their reach: dead, or gone to another thread.
    void leave();

private:
    friend class LifeGuard;
    LifeGuard *m_guard = nullptr;
};

/// On the stack while user code runs: tells afterwards whether the object is still there. Costs no allocation,
/// which a QPointer does for each object.
class LifeGuard
{
public:
    explicit LifeGuard(Mortal *mortal);
    LifeGuard(const LifeGuard &) = delete;
    LifeGuard &operator=(const LifeGuard &) = delete;
    ~LifeGuard();

    bool isDead() const { return !m_mortal; }

private:
    friend class Mortal;
    Mortal *m_mortal;
    LifeGuard *m_outer;
};

} // namespace net
