// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshot.h"

#include <QApplication>
#include <QTextStream>
#include <QTimer>

namespace app {
namespace {

constexpr int kLookEveryMs = 100;
/// Number of idle checks after which delayed edits and redraws have settled.
constexpr int kQuietLooks = 5;

void finish(MainWindow& window, const QString& file, bool isShown) {
    if (!isShown) {
        QTextStream(stderr) << "error: nothing to show, no picture written: " << file << '\n';
        return QApplication::exit(1);
    }
    if (window.grab().save(file)) return QApplication::exit(0);
    QTextStream(stderr) << "error: cannot write the screenshot: " << file
                        << ": choose a directory you may write to\n";
    QApplication::exit(1);
}

}  // namespace

void saveWhenReady(MainWindow& window, Explorer& explorer, const QString& file) {
    QObject::connect(&explorer, &Explorer::failed, &window, [](const QString& message) {
        QTextStream(stderr) << "error: " << message << '\n';
    });
    auto* timer = new QTimer(&window);
    QObject::connect(timer, &QTimer::timeout, &window,
                     [=, &window, &explorer, quiet = 0]() mutable {
                         quiet = explorer.isBusy() ? 0 : quiet + 1;
                         if (quiet < kQuietLooks) return;
                         timer->stop();
                         finish(window, file, explorer.isUpToDate());
                     });
    timer->start(kLookEveryMs);
}

}  // namespace app
