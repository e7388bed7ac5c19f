// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/colors.h"

#include <array>

namespace views {
namespace {

struct ClassFacts {
    const char* name;
    QRgb color;
};

constexpr std::array<ClassFacts, types::kOpClassCount> kClasses = {{
    {"Convolution", 0xff0072b2},
    {"Depthwise", 0xff56b4e9},
    {"Fully connected", 0xffe69f00},
    {"Recurrent", 0xfff0e442},
    {"Pool, mean", 0xff009e73},
    {"Element-wise", 0xffcc79a7},
    {"Activation", 0xffd55e00},
    {"Shape, quantize, other", 0xff999999},
}};

void setDisabled(QPalette& palette, const QColor& text) {
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, text);
}

}  // namespace

QString opClassName(OpClass opClass) {
    return kClasses[static_cast<size_t>(opClass)].name;
}

QColor opClassColor(OpClass opClass) {
    return QColor(kClasses[static_cast<size_t>(opClass)].color);
}

QColor opColor(types::OpKind kind) {
    return opClassColor(types::opTraits(kind).opClass);
}

QPalette lightPalette() {
    QPalette palette(QColor(0xf3, 0xf4, 0xf6));
    palette.setColor(QPalette::Window, QColor(0xf3, 0xf4, 0xf6));
    palette.setColor(QPalette::Base, QColor(0xff, 0xff, 0xff));
    palette.setColor(QPalette::AlternateBase, QColor(0xf8, 0xf9, 0xfa));
    palette.setColor(QPalette::Button, QColor(0xeb, 0xed, 0xf0));
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(role, QColor(0x1c, 0x21, 0x28));
    palette.setColor(QPalette::PlaceholderText, QColor(0x5c, 0x66, 0x72));
    palette.setColor(QPalette::Highlight, QColor(0x00, 0x72, 0xb2));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(0x00, 0x5f, 0x96));
    palette.setColor(QPalette::ToolTipBase, Qt::white);
    palette.setColor(QPalette::ToolTipText, QColor(0x1c, 0x21, 0x28));
    setDisabled(palette, QColor(0x8d, 0x95, 0xa0));
    return palette;
}

QPalette darkPalette() {
    QPalette palette(QColor(0x1e, 0x22, 0x28));
    palette.setColor(QPalette::Window, QColor(0x1e, 0x22, 0x28));
    palette.setColor(QPalette::Base, QColor(0x16, 0x1a, 0x1f));
    palette.setColor(QPalette::AlternateBase, QColor(0x1b, 0x1f, 0x25));
    palette.setColor(QPalette::Button, QColor(0x2b, 0x31, 0x39));
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(role, QColor(0xe4, 0xe8, 0xed));
    palette.setColor(QPalette::PlaceholderText, QColor(0x97, 0xa2, 0xb0));
    palette.setColor(QPalette::Highlight, QColor(0x2f, 0x7d, 0xb5));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(0x6f, 0xbf, 0xf0));
    palette.setColor(QPalette::ToolTipBase, QColor(0x2b, 0x31, 0x39));
    palette.setColor(QPalette::ToolTipText, QColor(0xe4, 0xe8, 0xed));
    setDisabled(palette, QColor(0x6b, 0x75, 0x82));
    return palette;
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < 128;
}

QColor accentColor(const QPalette& palette) {
    return isDark(palette) ? QColor(0x56, 0xb4, 0xe9) : QColor(0x00, 0x66, 0xa1);
}

QColor warningColor(const QPalette& palette) {
    return isDark(palette) ? QColor(0xff, 0x95, 0x5c) : QColor(0xb0, 0x45, 0x00);
}

QColor mutedColor(const QPalette& palette) {
    return palette.color(QPalette::PlaceholderText);
}

QColor lineColor(const QPalette& palette) {
    return mixed(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.16);
}

QColor mixed(const QColor& ground, const QColor& color, double share) {
    const auto blend = [share](int from, int to) {
        return static_cast<int>(from + (to - from) * share + 0.5);
    };
    return QColor(blend(ground.red(), color.red()), blend(ground.green(), color.green()),
                  blend(ground.blue(), color.blue()));
}

}  // namespace views
