// Attaches behaviours to elements that ask for them: data-behaviour="name other-name".
// Every page works without this file; a behaviour only makes one thing quicker or kinder.

/** The behaviours named by an element's data-behaviour attribute. */
const namesOf = (element) => element.dataset.behaviour.split(/\s+/).filter(Boolean);

/** Loads a behaviour and lets it take hold of the element. A behaviour that fails leaves the plain page. */
async function attach(element, name) {
  const { default: behave } = await import(`./behaviours/${name}.js`);
  behave(element);
}

for (const element of document.querySelectorAll("[data-behaviour]")) {
  for (const name of namesOf(element)) attach(element, name);
}
