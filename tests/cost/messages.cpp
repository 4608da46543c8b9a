// "cost_messages echo|crowd|cycle COUNT": the work whose instructions are counted.
#include "tests/cost/conversation.h"

#include <QCoreApplication>

#include <cstdlib>
#include <string_view>

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    const std::string_view work = argv[1];
    const int count = std::atoi(argv[2]);
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
