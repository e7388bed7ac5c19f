// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/appearance.h"

#include <QApplication>
#include <QStyleFactory>
#include <QToolTip>

#include "views/colors.h"

namespace app {
namespace {

bool systemIsDark = false;

}  // namespace

void rememberSystemAppearance() {
    systemIsDark = views::isDark(QApplication::palette());
    // Fusion is the one style that takes its colours only from the palette on every desktop.
    QApplication::setStyle(QStyleFactory::create("Fusion"));
}

void applyAppearance(Appearance appearance) {
    const bool dark =
        appearance == Appearance::Dark || (appearance == Appearance::System && systemIsDark);
    const QPalette palette = dark ? views::darkPalette() : views::lightPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    // Fusion draws check boxes in the base colour, which is too faint on a dark window.
    QPalette boxes = palette;
    if (dark)
        boxes.setColor(QPalette::Base, views::mixed(palette.color(QPalette::Window),
                                                    palette.color(QPalette::WindowText), 0.3));
    QApplication::setPalette(boxes, "QCheckBox");
}

QString appearanceName(Appearance appearance) {
    switch (appearance) {
        case Appearance::Light:
            return QStringLiteral("light");
        case Appearance::Dark:
            return QStringLiteral("dark");
        case Appearance::System:
            break;
    }
    return QStringLiteral("system");
}

Appearance appearanceFrom(const QString& name) {
    if (name == "light") return Appearance::Light;
    return name == "dark" ? Appearance::Dark : Appearance::System;
}

}  // namespace app
