// SPDX-License-Identifier: GPL-3.0-or-later
// main() of tests that need Qt: no display, and settings and data of their own, which go away.
#include <gtest/gtest.h>

#include <QApplication>
#include <QTemporaryDir>

/// Read by LeakSanitizer where it is linked: Qt's offscreen plug-in never frees its one screen.
/// What these functions allocate for objects of ours is still reported with the object itself.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libqoffscreen\n"
           "leak:QScreen::QScreen\n"
           "leak:QPlatformScreen::QPlatformScreen\n"
           "leak:QWindowSystemInterface::handleScreenAdded\n"
           "leak:QObject::QObject\n"
           "leak:QtSharedPointer::ExternalRefCountData::getAndRef\n";
}

/// Read by ThreadSanitizer: Qt's pool hands its workers over under a lock that the sanitizer cannot
/// see, for Qt is not built with it.
extern "C" const char* __tsan_default_suppressions() {
    return "race:QThreadPoolPrivate::reset\n"
           "race:QWaitCondition::~QWaitCondition\n";
}

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir home;
    for (const char* place : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
        qputenv(place, home.path().toUtf8());
    QApplication application(argc, argv);
    QApplication::setOrganizationName("NetcaliperTests");
    QApplication::setApplicationName("netcaliper-tests");
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
