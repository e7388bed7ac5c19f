// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pages: the table of the window's pages. Tabs, the View menu with its shortcuts, the help,
// MainWindow::showPage() and the option --page use it, in its order.

#include <QKeySequence>
#include <QString>
#include <span>

class QWidget;

namespace views {
class EvaluationFeed;
class LayersModel;
class MetricChoice;
class Selection;
}  // namespace views

namespace app {

/// The objects that pages display and listen to; they outlive the pages.
struct PageSources {
    views::Selection& selection;
    views::EvaluationFeed& feed;
    views::LayersModel& layers;
    views::MetricChoice& metric;
};

struct Page {
    const char* name;   ///< "trade-offs": for showPage() and --page
    const char* title;  ///< "Trade-offs": on its tab, in menu and help
    QWidget* (*make)(const PageSources& sources);
};

std::span<const Page> pages();

/// Returns the page's index in pages(); -1 for another name.
int pageNamed(const QString& name);

/// Ctrl and a digit: Ctrl+1 for the first page, Ctrl+0 for the tenth, then Ctrl+Alt+1.
QKeySequence shortcutOfPage(int page);

/// "overview, layers or memory": all names, for messages and help.
QString pageNames();

}  // namespace app
