#pragma once
#include <QtGlobal>

// Only what carries this mark leaves the shared library; everything else has hidden visibility.
#ifdef LIBNET_BUILDING
#define LIBNET_EXPORT Q_DECL_EXPORT
#else
#define LIBNET_EXPORT Q_DECL_IMPORT
#endif

// For a class inside of one that leaves it, and stays itself.
#define LIBNET_HIDDEN Q_DECL_HIDDEN
