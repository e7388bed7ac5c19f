// SPDX-License-Identifier: GPL-3.0-or-later
// main() of tests that need Qt: no display, and settings of their own.
#include <gtest/gtest.h>

#include <QApplication>
#include <QStandardPaths>

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QApplication::setOrganizationName("NetcaliperTests");
    QApplication::setApplicationName("netcaliper-tests");
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
