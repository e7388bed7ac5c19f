// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/input_habits.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTabBar>

namespace views {
namespace {

/// Null for a widget that the wheel may turn without being asked, such as a scroll bar.
QWidget* controlOf(QWidget* widget) {
    for (QWidget* each = widget; each; each = each->isWindow() ? nullptr : each->parentWidget()) {
        const bool isControl =
            qobject_cast<QComboBox*>(each) || qobject_cast<QAbstractSpinBox*>(each) ||
            qobject_cast<QTabBar*>(each) ||
            (qobject_cast<QAbstractSlider*>(each) && !qobject_cast<QScrollBar*>(each));
        if (isControl) return each;
    }
    return nullptr;
}

bool hasFocus(const QWidget& control) {
    const QWidget* focus = QApplication::focusWidget();
    return focus && (focus == &control || control.isAncestorOf(focus));
}

void prepareControl(QWidget& control) {
    // Qt gives the focus to what is under a turning wheel, where the policy says so.
    if (control.focusPolicy() == Qt::WheelFocus) control.setFocusPolicy(Qt::StrongFocus);
    if (auto* spin = qobject_cast<QDoubleSpinBox*>(&control)) {
        QLocale locale(QLocale::English, QLocale::UnitedStates);
        locale.setNumberOptions(QLocale::OmitGroupSeparator);
        spin->setLocale(locale);
        // Qt writes the number anew only where some part of the text is set.
        spin->setSuffix(spin->suffix());
    }
}

/// The other decimal sign, typed into a number, is the sign.
bool typeDecimalSign(QWidget& widget, const QKeyEvent& typed) {
    auto* spin = qobject_cast<QDoubleSpinBox*>(&widget);
    if (!spin) spin = qobject_cast<QDoubleSpinBox*>(widget.parentWidget());
    const QString sign = spin ? QString(spin->locale().decimalPoint()) : QString();
    const bool isOther = typed.text() == "." || typed.text() == ",";
    if (!spin || !isOther || typed.text() == sign) return false;
    QKeyEvent key(typed.type(), sign == "." ? Qt::Key_Period : Qt::Key_Comma, typed.modifiers(),
                  sign);
    return QApplication::sendEvent(&widget, &key);
}

}  // namespace

InputHabits::InputHabits(QObject* parent) : QObject(parent) {
    QApplication::instance()->installEventFilter(this);
}

bool InputHabits::eventFilter(QObject* watched, QEvent* event) {
    if (!watched->isWidgetType()) return false;
    auto& widget = static_cast<QWidget&>(*watched);
    switch (event->type()) {
        case QEvent::Polish:
            if (controlOf(&widget) == &widget) prepareControl(widget);
            return false;
        case QEvent::Wheel: {
            const QWidget* control = controlOf(&widget);
            if (!control || hasFocus(*control)) return false;
            // Not taken, so that Qt offers it to what is around the control.
            event->ignore();
            return true;
        }
        case QEvent::KeyPress:
            return typeDecimalSign(widget, static_cast<QKeyEvent&>(*event));
        default:
            return false;
    }
}

}  // namespace views
