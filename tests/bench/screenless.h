// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What benchmarks of widgets share: an application without a display, and painting as a window
// does.

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QImage>
#include <QWidget>

namespace screenless {

/// One for all benchmarks.
inline void needApplication() {
    static int argc = 1;
    static char name[] = "bench";
    static char* argv[] = {name, nullptr};
    qputenv("QT_QPA_PLATFORM", "offscreen");
    static auto* const application = new QApplication(argc, argv);
    benchmark::DoNotOptimize(application);
}

/// At the scale of the screen.
inline void paint(QWidget& widget) {
    QImage image(widget.size() * widget.devicePixelRatioF(), QImage::Format_RGB32);
    image.setDevicePixelRatio(widget.devicePixelRatioF());
    widget.render(&image);
    benchmark::DoNotOptimize(image.constBits());
}

}  // namespace screenless
