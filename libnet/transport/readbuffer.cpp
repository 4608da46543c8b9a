#include "libnet/transport/readbuffer.h"

#include <cstring>

namespace net {

namespace {

constexpr qsizetype Alignment = 64;
// More than a core's second cache holds would be written to memory and fetched from there again.
constexpr qsizetype LargestCapacity = 256 * 1024;
// Up to here an exact copy is cheaper than giving up the block when a receiver keeps the bytes.
constexpr qsizetype CopyLimit = 8 * 1024;
// Bytes that a copy's memory may be larger than the copy.
constexpr qsizetype CopySlack = 64;

QByteArray alignedBlock(qsizetype capacity)
{
    QArrayData *header = nullptr;
    // QByteArray counts what alignment skips as free space at the front, which is not there for resize(): without as
    // much more it would move every full block to memory of its own choice.
    void *const bytes = QArrayData::allocate(&header, 1, Alignment, capacity + Alignment);
    Q_CHECK_PTR(bytes);
    return QByteArray(
        QByteArray::DataPointer(static_cast<QTypedArrayData<char> *>(header), static_cast<char *>(bytes), capacity));
}

} // namespace

socketops::IoResult ReadBuffer::readOnce(int fd, QByteArray &bytes)
{
    if (m_block.size() != m_capacity)
        m_block = alignedBlock(m_capacity);
    const socketops::IoResult result = socketops::readSome(fd, m_block.data(), m_capacity);
    if (result.bytes <= 0)
        return result;
    // A block of which less than a quarter is used would tie up memory if a receiver kept it.
    if (result.bytes <= CopyLimit || result.bytes < m_capacity / 4) {
        bytes = copyOf(m_block.constData(), result.bytes);
    } else {
        bytes = std::move(m_block);
        m_block = QByteArray();
        bytes.resize(result.bytes);
    }
    adapt(result.bytes);
    return result;
}

// Messages tend to be of one size: the memory of the last copy serves again, unless a receiver has kept it, or would
// keep more than it got.
QByteArray ReadBuffer::copyOf(const char *bytes, qsizetype size)
{
    QByteArray copy = std::exchange(m_copy, {});
    if (copy.capacity() < size || copy.capacity() > size + CopySlack)
        return QByteArray(bytes, size);
    // There is room, and the memory is nobody else's: what resize() would make sure of.
    QByteArray::DataPointer &memory = copy.data_ptr();
    std::memcpy(memory.ptr, bytes, size_t(size));
    memory.ptr[size] = '\0';
    memory.size = size;
    return copy;
}

void ReadBuffer::takeBack(QByteArray &&bytes)
{
    if (bytes.capacity() <= CopyLimit + CopySlack) {
        if (bytes.isDetached())
            m_copy = std::move(bytes);
        return;
    }
    // Shared: a receiver has it. A present block: a nested event loop has needed one of its own.
    if (bytes.capacity() < m_capacity || !bytes.isDetached() || !m_block.isEmpty())
        return;
    m_block = std::move(bytes);
    m_block.resize(m_capacity);
}

void ReadBuffer::adapt(qsizetype bytes)
{
    if (bytes < m_capacity) {
        m_fullReads = 0;
    } else if (++m_fullReads == 2 && m_capacity < LargestCapacity) {
        m_capacity *= 4;
        m_fullReads = 0;
    }
}

} // namespace net
