// Copies what may be longer than its place: with fortified calls the C library looks, and ends the program.
#include <cstring>

int main(int, char **arguments)
{
    char place[8];
    std::strcpy(place, arguments[0]);
    return place[0] == '\0';
}
