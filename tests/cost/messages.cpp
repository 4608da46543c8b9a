// "cost_messages echo|crowd|cycle[-dispatcher] COUNT": the work whose instructions are counted, under Qt's event
// dispatcher or libnet's.
#include "tests/cost/conversation.h"

#include <libnet/epolldispatcher.h>

#include <QCoreApplication>

#include <cstdlib>
#include <string_view>

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    std::string_view work = argv[1];
    const int count = std::atoi(argv[2]);
    constexpr std::string_view ours = "-dispatcher";
    if (work.ends_with(ours)) {
        work.remove_suffix(ours.size());
        QCoreApplication::setEventDispatcher(new net::EpollDispatcher);
    }
    const QCoreApplication application(argc, argv);
    test::Conversation conversation;
    if (work == "cycle") {
        for (int i = 0; i < count; ++i) {
            conversation.connect();
            if (!conversation.roundTrip())
                return 1;
            conversation.closeClients();
        }
        return 0;
    }
    const int clients = work == "crowd" ? 50 : 1;
    for (int i = 0; i < clients; ++i)
        conversation.connect();
    return conversation.roundTrips(count / clients) ? 0 : 1;
}
