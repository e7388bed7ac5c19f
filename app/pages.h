// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pages: the one table of the window's pages. Tabs, the View menu with its shortcuts, the help,
// MainWindow::showPage() and the option --page follow it, in its order.

#include <QKeySequence>
#include <QString>
#include <span>

class QWidget;

namespace views {
class EvaluationFeed;
class LayersModel;
class Selection;
class VariationsModel;
}  // namespace views

namespace app {

/// What pages show and listen to. It outlives them.
struct PageSources {
    views::Selection& selection;
    views::EvaluationFeed& feed;
    views::LayersModel& layers;
    views::VariationsModel& variations;
};

struct Page {
    const char* name;   ///< "trade-offs": for showPage() and --page
    const char* title;  ///< "Trade-offs": on its tab, in the menu and in the help
    QWidget* (*make)(const PageSources& sources);
};

std::span<const Page> pages();

/// The page's place in pages(), -1 where none has this name.
int pageNamed(const QString& name);

/// Ctrl and a digit: Ctrl+1 for the first.
QKeySequence shortcutOfPage(int page);

/// "overview, layers or memory": all names, for messages and help.
QString pageNames();

}  // namespace app
